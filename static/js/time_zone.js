// Fills in the time zone of the sign-up form; without this script it stays UTC until it is set.
"use strict";
{
  const field = document.querySelector("input[name=time_zone]");
  if (field && !field.value) {
    field.value = Intl.DateTimeFormat().resolvedOptions().timeZone || "";
  }
}
