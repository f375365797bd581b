// Runs Azurite until standard input ends. Whoever starts it holds the other end of that pipe, which the system closes
// however that process dies; so Azurite never outlives it.
"use strict";

process.stdin.on("end", () => process.exit(0));
process.stdin.on("error", () => process.exit(0));
process.stdin.resume();

// Its collection of unused memory, every ten minutes, sorts its whole index for each blob that was replaced, and answers nobody for minutes
// where there are tens of thousands. What is started here does not live long enough to need it.
require("azurite/dist/src/blob/utils/constants").DEFAULT_GC_INTERVAL_MS = 24 * 60 * 60 * 1000;

// Its database looks a blob up by the index of the first property asked for, the account, which finds all that there are and compares each;
// by its name it is found at once. And what is removed by a query makes it sort every index anew; one by one it does not.
const { prototype: set } = require("lokijs").Resultset;
const { prototype: collection } = require("lokijs").Collection;
const find = set.find;
set.find = function (query, firstOnly) {
  return find.call(this, query && typeof query.name === "string" ? { name: query.name, ...query } : query, firstOnly);
};
collection.findAndRemove = function (query) {
  for (const document of this.chain().find(query).data()) {
    this.remove(document);
  }
};

require("azurite/dist/src/azurite.js");
