// Runs Azurite until standard input ends. Whoever starts it holds the other end of that pipe, which the system closes
// however that process dies; so Azurite never outlives it.
"use strict";

process.stdin.on("end", () => process.exit(0));
process.stdin.on("error", () => process.exit(0));
process.stdin.resume();

// Its collection of unused memory, every ten minutes, sorts its whole index for each blob that was replaced, and answers nobody for minutes
// where there are tens of thousands. What is started here does not live long enough to need it.
require("azurite/dist/src/blob/utils/constants").DEFAULT_GC_INTERVAL_MS = 24 * 60 * 60 * 1000;

require("azurite/dist/src/azurite.js");
