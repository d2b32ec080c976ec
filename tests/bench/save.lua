-- One writer: each save begins from the revision that the one before has answered.
local base, number = "", 0
local address, cookie, csrf, owner, seed

function init(args)
  address, cookie, csrf, owner = args[1], args[2], args[3], args[4]
  seed = args[5]
  math.randomseed(tonumber(seed))
end

local function uuid()
  return (string.gsub("xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx", "x", function()
    return string.format("%x", math.random(0, 15))
  end))
end

function request()
  number = number + 1
  local body = "csrfmiddlewaretoken=" .. csrf .. "&owner=" .. owner .. "&five=Saved+number+" .. number .. "+of+" .. seed
    .. "&five%3Abase=" .. base .. "&five%3Atoken=" .. uuid()
  return wrk.format("POST", address, {
    ["Host"] = "localhost", ["Cookie"] = cookie, ["X-Forwarded-Proto"] = "https",
    ["Referer"] = "https://localhost/", ["Accept"] = "application/json",
    ["Content-Type"] = "application/x-www-form-urlencoded" }, body)
end

function response(status, headers, body)
  if status == 200 then base = string.match(body, '"revision": "([%x-]+)"') or base
  elseif status == 409 then base = string.match(body, '"head": "([%x-]+)"') or base end
end
