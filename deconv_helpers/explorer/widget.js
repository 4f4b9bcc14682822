// What Jupyter calls: the model's attributes and the element's are one.

const PARAMETERS = ["input_size", "kernel_size", "stride", "padding", "output_padding", "dilation"];
const written = (value) => (Array.isArray(value) && !Array.isArray(value[0]) ? value.join(",") : String(value));
const sized = (text) => (text.includes(",") ? text.split(",").map(Number) : Number(text));

function render({ model, el }) {
	const figure = document.createElement("transposed-convolution");
	let ours = false, waiting = false; // the model reports our own changes too, one by one
	const push = () => {
		ours = true;
		for (const name of PARAMETERS) {
			const text = figure.getAttribute(name.replace("_", "-"));
			if (text !== null) model.set(name, sized(text));
		}
		model.set("axes", Number(figure.getAttribute("axes") ?? 1));
		model.set("view", figure.getAttribute("view") ?? "stamps");
		for (const name of ["input", "kernel"]) model.set(name, JSON.parse(figure.getAttribute(name) ?? "null"));
		model.set("bias", Number(figure.getAttribute("bias") ?? 0));
		ours = false;
		model.save_changes();
	};
	const pull = () => {
		waiting = false;
		const put = (name, value) => (value === null || value === undefined ? figure.removeAttribute(name) : figure.setAttribute(name, value));
		put("axes", String(model.get("axes") ?? 1));
		for (const name of PARAMETERS) put(name.replace("_", "-"), written(model.get(name)));
		put("view", model.get("view"));
		for (const name of ["input", "kernel"]) put(name, model.get(name) ? JSON.stringify(model.get(name)) : null);
		put("bias", model.get("bias") ? String(model.get("bias")) : null);
	};
	// Several attributes that Python sets in one message are one change.
	const later = () => {
		if (ours || waiting) return;
		waiting = true;
		queueMicrotask(pull);
	};
	const heard = [...PARAMETERS, "axes", "view", "input", "kernel", "bias"].map((name) => `change:${name}`);
	pull();
	figure.addEventListener("change", push);
	for (const name of heard) model.on(name, later);
	el.append(figure);
	return () => {
		for (const name of heard) model.off(name, later);
		figure.remove();
	};
}

export default { render };
