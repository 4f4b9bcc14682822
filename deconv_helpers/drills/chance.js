// Chance that can be repeated: the same seed, the same questions.

// A 32-bit state is enough here, and the same in every browser.
function chanceOf(...seeds) {
	let state = seeds.reduce((h, seed) => mixed(h ^ seed), 0x9e3779b9);
	const next = () => (mixed((state = (state + 0x6d2b79f5) | 0)) >>> 0) / 2 ** 32;
	return {
		whole: (low, high) => low + floor(next() * (high - low + 1)),
		one: (items) => items[floor(next() * items.length)],
		mixed(items) {
			const left = [...items], out = [];
			while (left.length) out.push(...left.splice(floor(next() * left.length), 1));
			return out;
		},
	};
}

function mixed(h) {
	h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
	h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
	return h ^ (h >>> 16);
}
