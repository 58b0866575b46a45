"use strict";
// Shows what the run computed: nothing here runs a network. The block keeps
// every name out of the page around it.
{
  const figure = document.currentScript.closest("figure");
  const find = (selector) => figure.querySelector(selector);
  const data = JSON.parse(find("script[type='application/json']").textContent);
  const { epsilon: slider, direction: choice } = find("form").elements;
  const buttons = [...figure.querySelectorAll(".digits button")];
  const bars = [...figure.querySelectorAll(".bars li")];
  const largest = 255 * Math.max(...data.epsilons);
  let chosen = 0;

  /** Colours every pixel; color(i) gives red, green and blue, 0 to 255. */
  function paint(canvas, color) {
    const context = canvas.getContext("2d");
    const picture = context.createImageData(data.width, data.height);
    for (let i = 0; i < data.width * data.height; i += 1) {
      // The array rounds each value to a whole level.
      picture.data.set([...color(i), 255], 4 * i);
    }
    context.putImageData(picture, 0, 0);
  }

  const gray = (levels) => (i) => [levels[i], levels[i], levels[i]];

  /** Blue below zero, white at zero, red above. */
  const signed = (changes) => (i) => {
    const share = changes[i] / largest;
    const pale = 255 * (1 - Math.abs(share));
    return share < 0 ? [pale, pale, 255] : [255, pale, pale];
  };

  function showPictures(levels, signs, epsilon) {
    const moved = levels.map((level, i) =>
      Math.min(Math.max(level + 255 * epsilon * signs[i], 0), 255));
    const changes = moved.map((level, i) => level - levels[i]);
    const darker = changes.filter((change) => change < 0).length;
    const brighter = changes.filter((change) => change > 0).length;
    paint(find(".clean"), gray(levels));
    paint(find(".change"), signed(changes));
    paint(find(".sum"), gray(moved));
    find(".counts").textContent =
      `${darker} of ${levels.length} pixels darker, ${brighter} brighter, ` +
      `${levels.length - darker - brighter} unchanged (white)`;
  }

  function showBars(probabilities, answer, label) {
    bars.forEach((bar, digit) => {
      const share = `${(100 * probabilities[digit]).toFixed(1)} %`;
      const marks = [];
      if (digit === answer) marks.push("answer");
      if (digit === label) marks.push("label");
      bar.className = marks.join(" ");
      bar.querySelector(".bar").style.width = share.replace(" ", "");
      bar.querySelector(".share").textContent = share;
      bar.querySelector(".mark").textContent = marks.join(" = ");
    });
  }

  function show() {
    const { label, levels, courses } = data.digits[chosen];
    const { signs, probabilities } = courses[choice.value];
    const epsilon = data.epsilons[slider.value];
    const row = probabilities[slider.value];
    const answer = row.reduce(
      (best, share, digit) => (share > row[best] ? digit : best), 0);

    showPictures(levels, signs, epsilon);
    showBars(row, answer, label);
    buttons.forEach((button, i) => {
      button.setAttribute("aria-pressed", i === chosen);
    });
    find(".units").textContent = data.descriptions[slider.value];
    slider.setAttribute("aria-valuetext", `${epsilon} pixels`);
    find(".verdict").textContent =
      `${data.directions[choice.value]}, ε = ${epsilon}: the network says ` +
      `${data.classNames[answer]} (${(100 * row[answer]).toFixed(1)} %), the label is ` +
      `${data.classNames[label]}: ${answer === label ? "✓\u00a0right" : "✗\u00a0wrong"}.`;
  }

  buttons.forEach((button, i) => {
    paint(button.querySelector("canvas"), gray(data.digits[i].levels));
    button.addEventListener("click", () => {
      chosen = i;
      show();
    });
  });
  find("form").addEventListener("input", show);
  find("form").addEventListener("submit", (event) => event.preventDefault());
  figure.classList.add("live");
  show();
}
