// Runs Azurite until standard input ends. Whoever starts it holds the other end of that pipe, which the system closes
// however that process dies; so Azurite never outlives it.
"use strict";

process.stdin.on("end", () => process.exit(0));
process.stdin.on("error", () => process.exit(0));
process.stdin.resume();

require("azurite/dist/src/azurite.js");
