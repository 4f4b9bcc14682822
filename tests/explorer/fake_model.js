// The model of a widget as a notebook's front end has it: attributes, listeners, a save.
// With `source`, the widget's module, it makes one widget after the other.

async source => {
	const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
	const widget = (await import(url)).default;
	window.makeWidget = values => {
		const data = {
			input_size: 4, kernel_size: 3, stride: 2, padding: 0, output_padding: 1, dilation: 1,
			axes: 1, view: "stamps", input: null, kernel: null, bias: 0, ...values,
		};
		const heard = {};
		const model = {
			saved: 0,
			get: name => data[name],
			set(name, value) {
				if (JSON.stringify(data[name]) === JSON.stringify(value)) return;
				data[name] = value;
				for (const listener of heard[`change:${name}`] ?? []) listener();
			},
			save_changes() { this.saved++; },
			on(name, listener) { (heard[name] ??= []).push(listener); },
			off(name, listener) { heard[name] = heard[name].filter(one => one !== listener); },
		};
		const el = document.createElement("div");
		const stop = widget.render({ model, el });
		document.body.append(el); // only now, as notebooks do
		const figure = el.querySelector("transposed-convolution");
		const type = (name, value) => {
			const field = el.querySelector(`[name=${name}]`);
			field.value = value;
			field.dispatchEvent(new Event("input", { bubbles: true }));
		};
		return { data, heard, model, el, stop, figure, type };
	};
}
