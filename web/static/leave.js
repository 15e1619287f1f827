// Asks before a page is left on which something was typed and not saved.
"use strict";

let unsaved = document.querySelector("form[data-unsaved]") !== null;

addEventListener("input", (e) => { if (e.target.form?.method === "post") unsaved = true; });
addEventListener("submit", () => { unsaved = false; });
addEventListener("beforeunload", (e) => { if (unsaved) e.preventDefault(); });
