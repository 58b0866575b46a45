"use strict";
// Shows what the run computed: the network has judged every picture. Only the
// maps of its first layer are made here, by the formula of FirstFeatures.swift.
// The block keeps every name out of the page around it.
{
  const figure = document.currentScript.closest("figure");
  const find = (selector) => figure.querySelector(selector);
  const findAll = (selector) => [...figure.querySelectorAll(selector)];
  const data = JSON.parse(find("script[type='application/json']").textContent);
  const { epsilon: slider, direction: choice } = find("form").elements;
  const buttons = findAll(".digits button");
  const bars = findAll(".bars li");
  const largest = 255 * Math.max(...data.epsilons);
  let chosen = 0;

  /** Numbers that the page carries as bytes in base64. */
  const unpacked = (Kind, text) => [...new Kind(
    Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer)];

  /** Colours every pixel; color(i) gives red, green and blue, 0 to 255. */
  function paint(canvas, color) {
    const context = canvas.getContext("2d");
    const picture = context.createImageData(canvas.width, canvas.height);
    for (let i = 0; i < canvas.width * canvas.height; i += 1) {
      // The array rounds each value to a whole level, none below 0 or above 255.
      picture.data.set([...color(i), 255], 4 * i);
    }
    context.putImageData(picture, 0, 0);
  }

  const gray = (levels) => (i) => [levels[i], levels[i], levels[i]];

  /** Blue below zero, white at zero, red above. */
  const signed = (changes, full) => (i) => {
    const share = full > 0 ? changes[i] / full : 0;
    const pale = 255 * (1 - Math.abs(share));
    return share < 0 ? [pale, pale, 255] : [255, pale, pale];
  };

  /** The picture that the network has judged, as gray values 0 to 255. */
  function pictureAt(step, levels, course) {
    if (course.pictures) return unpacked(Uint8Array, course.pictures[step]);
    const signs = unpacked(Int8Array, course.signs);
    return levels.map((level, i) =>
      Math.min(Math.max(level + 255 * data.epsilons[step] * signs[i], 0), 255));
  }

  function showPictures(levels, picture) {
    const changes = picture.map((level, i) => level - levels[i]);
    const darker = changes.filter((change) => change < 0).length;
    const brighter = changes.filter((change) => change > 0).length;
    paint(find(".clean"), gray(levels));
    paint(find(".change"), signed(changes, largest));
    paint(find(".sum"), gray(picture));
    find(".counts").textContent =
      `${darker} of ${levels.length} pixels darker, ${brighter} brighter, ` +
      `${levels.length - darker - brighter} unchanged (white)`;
  }

  /** What a filter and its ReLU make of a picture, row by row. */
  function mapOf(filter, levels) {
    const { mapHeight, mapWidth, size, padding, stride } = data.features;
    const { mean, standardDeviation } = data.features;
    const answers = [];
    for (let top = 0; top < mapHeight; top += 1) {
      for (let left = 0; left < mapWidth; left += 1) {
        let sum = filter.bias;
        for (let row = 0; row < size; row += 1) {
          for (let column = 0; column < size; column += 1) {
            const y = top * stride + row - padding;
            const x = left * stride + column - padding;
            if (y < 0 || y >= data.height || x < 0 || x >= data.width) continue;
            const pixel = levels[y * data.width + x] / 255;
            sum +=
              filter.weights[row * size + column]
              * (pixel - mean) / standardDeviation;
          }
        }
        answers.push(Math.max(sum, 0));
      }
    }
    return answers;
  }

  function showMaps(levels, picture) {
    if (!data.features) return;
    const { filters } = data.features;
    const clean = filters.map((filter) => mapOf(filter, levels));
    const bright = clean.flat().reduce((most, value) => Math.max(most, value), 0);
    const maps = findAll(".maps .map");
    const differences = findAll(".maps .difference");
    filters.forEach((filter, i) => {
      const map = mapOf(filter, picture);
      paint(maps[i], gray(map.map((value) => 255 * value / bright)));
      paint(differences[i], signed(
        map.map((value, j) => value - clean[i][j]), bright / 4));
    });
  }

  function showBars(probabilities, roles) {
    bars.forEach((bar, digit) => {
      const share = `${(100 * probabilities[digit]).toFixed(1)} %`;
      const marks = Object.keys(roles).filter((role) => roles[role] === digit);
      bar.className = marks.join(" ");
      bar.querySelector(".bar").style.width = share.replace(" ", "");
      bar.querySelector(".share").textContent = share;
      bar.querySelector(".mark").textContent = marks.join(" = ");
    });
  }

  function show() {
    const image = data.digits[chosen];
    const { label, target } = image;
    const aim = data.classNames[target];
    const direction = data.directions[choice.value];
    const isAimed = direction === "toward";
    const course = image.courses[choice.value];
    const step = Number(slider.value);
    const epsilon = data.epsilons[step];
    const levels = unpacked(Uint8Array, image.levels);
    const picture = pictureAt(step, levels, course);
    const row = unpacked(Float32Array, course.probabilities[step]);
    const answer = row.reduce(
      (best, share, digit) => (share > row[best] ? digit : best), 0);

    showPictures(levels, picture);
    showMaps(levels, picture);
    showBars(row, isAimed ? { answer, label, target } : { answer, label });
    buttons.forEach((button, i) => {
      button.setAttribute("aria-pressed", i === chosen);
    });
    find(".aim").textContent = aim;
    find(".units").textContent = data.descriptions[step];
    slider.setAttribute("aria-valuetext", `${epsilon} pixels`);
    find(".verdict").textContent =
      `${isAimed ? `toward ${aim}` : direction}, ε = ${epsilon}: the network says ` +
      `${data.classNames[answer]} (${(100 * row[answer]).toFixed(1)} %), the label is ` +
      `${data.classNames[label]}: ${answer === label ? "✓\u00a0right" : "✗\u00a0wrong"}.`;
  }

  buttons.forEach((button, i) => {
    const levels = unpacked(Uint8Array, data.digits[i].levels);
    paint(button.querySelector("canvas"), gray(levels));
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
