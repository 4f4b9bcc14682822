// The palette as variables, for whatever stands in an element of the class `tc`.

const scheme = (name) => GIVEN[name] + `color-scheme:${name};`;
// A theme that the page names comes before the machine's; paper is light.
const SCHEMES = `.tc{${scheme("light")}}:is([data-theme=dark],[data-jp-theme-light=false]) .tc{${scheme("dark")}}
@media screen and (prefers-color-scheme:dark){html:not([data-theme]) body:not([data-jp-theme-light]) .tc{${scheme("dark")}}}
@media print{:root:root .tc{${scheme("light")}}}`;
