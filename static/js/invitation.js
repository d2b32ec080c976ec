// Carries what opens an invitation, which stands after the # and so reaches no server, from its
// link through signing in to the field of the form; there it leaves the address bar.
"use strict";
if (/^#[\w-]{22}$/.test(location.hash)) {
  const field = document.querySelector("input[name=invitation]");
  if (field) {
    field.value ||= location.hash.slice(1);
    history.replaceState(null, "", location.pathname + location.search);
  } else {
    for (const way of document.querySelectorAll("main a:is([href^='/together/'], [href^='/therapist/'], [href^='/accounts/'])")) {
      way.href += location.hash;
    }
    for (const form of document.querySelectorAll("main form[method=post]")) form.action += location.hash;
  }
}
