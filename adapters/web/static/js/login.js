// Says why the form came back. The reasons are known words: nothing from the address is shown.

const SENTENCES = {
  wrong_password: "That is not the password. Try again.",
  too_many_tries: "Too many tries. Wait a minute, then try again.",
};

const reason = new URLSearchParams(location.search).get("problem");
document.getElementById("problem").textContent = SENTENCES[reason] ?? "";
