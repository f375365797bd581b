// Runs Azurite until standard input ends. Whoever starts it holds the other end of that pipe, which the system closes
// however that process dies; so Azurite never outlives it.
"use strict";

process.stdin.on("end", () => process.exit(0));
process.stdin.on("error", () => process.exit(0));
process.stdin.resume();

// Its collection of unused memory, every ten minutes, sorts its whole index for each blob that was replaced, and answers nobody for minutes
// where there are tens of thousands. What is started here does not live long enough to need it.
require("azurite/dist/src/blob/utils/constants").DEFAULT_GC_INTERVAL_MS = 24 * 60 * 60 * 1000;

// Its database looks blobs up by the index of the first property asked for, the account, which finds all that there are and compares each:
// the more there are, the slower is every request. By the index of their names they are found at once. And what is removed by a query has
// every index sorted anew; one by one it has not.
const { prototype: resultset } = require("lokijs").Resultset;
const { prototype: collection } = require("lokijs").Collection;
const find = resultset.find;
resultset.find = function (query, firstOnly) {
  if (typeof query?.name === "string") {
    return find.call(this, { name: query.name, ...query }, firstOnly);
  }

  // The regular expression of a prefix. A name without a slash may be ordered as a number.
  const prefix = query?.name?.$regex?.slice(1).replace(/\\(.)/g, "$1");
  if (prefix?.includes("/")) {
    find.call(this, { name: { $between: [prefix, prefix + "\uffff"] } });
  }

  return find.call(this, query, firstOnly);
};
collection.findAndRemove = function (query) {
  for (const document of this.chain().find(query).data()) {
    this.remove(document);
  }
};

require("azurite/dist/src/azurite.js");
