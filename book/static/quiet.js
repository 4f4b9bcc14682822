// The theme and its toggle buttons narrate what they do. A reader's console is for faults.
const log = console.log;
console.log = (...said) => {
  if (typeof said[0] !== "string" || !/^\[(PST|togglebutton)\]/.test(said[0])) log(...said);
};
