// What sentences of every language are made of. SAY has a table for each, from words.….js.

const SAY = {};
const layerText = (q) => `k = ${q.k}, s = ${q.s}, p = ${q.p}, p′ = ${q.op}${q.d > 1 ? `, d = ${q.d}` : ""}`;
const convText = (q) => `k = ${q.k}, s = ${q.s}, p = ${q.p}${q.d > 1 ? `, d = ${q.d}` : ""}`;
const sub = (n) => String(n).replace(/\d/g, (digit) => "₀₁₂₃₄₅₆₇₈₉"[digit]);
