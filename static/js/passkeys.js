// Says in words why a passkey did not work, and lets Enter do what the button does.
"use strict";
{
  const words = {
    NotAllowedError: "Nothing was done: the passkey was not confirmed, or the time ran out. Try again when you are ready.",
    InvalidStateError: "This device already holds a passkey for your account.",
    SecurityError: "Passkeys work only on the address by which this site has a name, and over a secure connection.",
    NotSupportedError: "This browser or device cannot make such a passkey.",
  };
  const problem = document.getElementById("passkey-problem");

  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    const missing = !window.PublicKeyCredential;
    problem.textContent = missing
      ? "This browser cannot use passkeys."
      : words[event.detail.exception.name] || "The passkey could not be used. Try again, or take another way.";
    problem.hidden = false;
  });

  const add = document.getElementById("mfa_webauthn_add");
  add?.form.addEventListener("submit", (event) => {
    event.preventDefault(); // without a passkey there is nothing to send yet
    add.click();
  });
}
