// The look ahead at the amount, in figures and words. What counts is worked out by the server.
const sums = (() => {
  const NBSP = "\u00a0";

  const latin = (text) =>
    text.replace(/[\u0966-\u096f]/g, (digit) => digit.charCodeAt(0) - 0x966).replace(/\s/g, "");

  // A decimal text as a whole number of its last place: "18.4", 3 -> 18400n.
  function whole(text, places) {
    const found = /^(\d{0,9})(?:\.(\d*))?$/.exec(latin(text));
    if (!found || (!found[1] && !found[2]) || (found[2] || "").length > places) return null;
    return BigInt((found[1] || "0") + (found[2] || "").padEnd(places, "0"));
  }

  const indian = (digits) => digits.replace(/\B(?=(?:\d\d)*\d{3}$)/g, ",");

  function plain(number, places) {
    const digits = number.toString().padStart(places + 1, "0");
    return `${digits.slice(0, -places)}.${digits.slice(-places)}`;
  }

  function decimals(number, places) {
    const [units, rest] = plain(number, places).split(".");
    return `${indian(units)}.${rest}`;
  }

  const rupees = (paise) => `₹${NBSP}${decimals(paise, 2)}`;

  // "zero … ninety-nine|crore lakh thousand hundred|rupee rupees paisa paise"
  function inWords(paise, table) {
    const [small, scales, units] = table.split("|").map((words) => words.split(" "));
    const sizes = [10000000n, 100000n, 1000n, 100n];
    const say = (number) => {
      const parts = [];
      let left = number;
      sizes.forEach((size, place) => {
        if (left >= size) parts.push(`${say(left / size)} ${scales[place]}`);
        left %= size;
      });
      if (left || !parts.length) parts.push(small[Number(left)]);
      return parts.join(" ");
    };
    const [one, many, paisa, paisas] = units;
    const [big, rest] = [paise / 100n, paise % 100n];
    const parts = big || !rest ? [`${say(big)} ${big === 1n ? one : many}`] : [];
    if (rest) parts.push(`${say(rest)} ${rest === 1n ? paisa : paisas}`);
    return parts.join(" ");
  }

  // Payable grams and paise of a weighing, or null while something is missing.
  function amountOf(gross, day, ratePaise) {
    const grams = whole(gross, 3);
    const [wet, wetFree, dirt, dirtFree] = [day.moisture, day.freeMoisture, day.waste, day.freeWaste]
      .map((share) => whole(share, 3));
    if ([grams, wet, wetFree, dirt, dirtFree].includes(null) || ratePaise === null) return null;
    const net = grams - BigInt(day.tare);
    if (net <= 0n) return null;
    const over = (share, free) => 100000n - (share > free ? share - free : 0n);
    const scale = 100000n * 100000n;
    const payable = (2n * net * over(wet, wetFree) * over(dirt, dirtFree) + scale) / (2n * scale);
    return { payable, rate: ratePaise, paise: (payable * ratePaise + 500n) / 1000n };
  }

  return { amountOf, decimals, inWords, latin, plain, rupees, whole };
})();
