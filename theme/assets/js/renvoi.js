// A page that moved: go to the new address and keep the part of the page that was asked for, which a plain refresh forgets.
"use strict";
const suite = document.querySelector('link[rel="canonical"]');
if (suite && location.hash) location.replace(new URL(suite.dataset.chemin, location.href).pathname + location.hash);
