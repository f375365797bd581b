using Microsoft.Playwright;

namespace Multimodal.Browser.Tests.Fixtures;

/// <summary>What is looked for on a page, whatever it shows.</summary>
internal static class PageChecks
{
    /// <summary>Texts whose contrast with what is behind them is below that of WCAG 2 AA: 4.5, or 3 for large ones.</summary>
    public static Task<string[]> FindFaintTextAsync(IPage page) => page.EvaluateAsync<string[]>(
        """
        () => {
          const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
          const rgba = (colour) => {
            canvas.clearRect(0, 0, 1, 1);
            canvas.fillStyle = colour;
            canvas.fillRect(0, 0, 1, 1);
            const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
            return [r, g, b, a / 255];
          };
          const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a)];
          const light = (colour) => {
            const [r, g, b] = colour.map((c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          const behind = (element) => {
            const layers = [];
            for (let e = element; e; e = e.parentElement) {
              layers.push(rgba(getComputedStyle(e).backgroundColor));
            }
            return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255]);
          };
          const faint = [];
          const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          for (let node = texts.nextNode(); node; node = texts.nextNode()) {
            const element = node.parentElement;
            const style = getComputedStyle(element);
            if (!node.data.trim() || element.closest(".unseen, .off, :disabled, noscript, option") || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) {
              continue;
            }
            const ground = behind(element);
            const ink = over(rgba(style.color), ground);
            const [high, low] = [light(ink), light(ground)].sort((a, b) => b - a);
            const contrast = (high + 0.05) / (low + 0.05);
            const size = parseFloat(style.fontSize);
            const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
            if (contrast < (large ? 3 : 4.5)) {
              faint.push(`${contrast.toFixed(2)} ${element.className} "${node.data.trim().slice(0, 40)}"`);
            }
          }
          return faint;
        }
        """);

    /// <summary>Controls without a name, and pictures without words.</summary>
    public static Task<string[]> FindNamelessAsync(IPage page) => page.EvaluateAsync<string[]>(
        """
        () => {
          const named = (e) => [
            e.getAttribute("aria-label"),
            e.getAttribute("aria-labelledby") && document.getElementById(e.getAttribute("aria-labelledby"))?.textContent,
            [...(e.labels ?? [])].map((label) => label.textContent).join(""),
            e.tagName === "IMG" ? e.alt : e.textContent,
          ].some((name) => name && name.trim());
          const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
          return [
            ...[...document.querySelectorAll("a, button, input, select, textarea, audio, img, canvas, dialog, [role=img], aside, section, summary")]
              .filter((e) => !e.closest("[aria-hidden=true]") && e.checkVisibility() && !named(e))
              .map((e) => e.outerHTML.slice(0, 120)),
            ...[...document.querySelectorAll("svg")].filter((e) => !e.hasAttribute("aria-hidden") && !e.hasAttribute("aria-label")).map((e) => e.outerHTML.slice(0, 120)),
            ...ids.filter((id, i) => ids.indexOf(id) !== i).map((id) => `the id ${id} stands twice`),
            ...(document.documentElement.lang ? [] : ["no language"]),
          ];
        }
        """);

    /// <summary>Headings that skip a level; or none, or several, of the first.</summary>
    public static Task<string[]> FindHeadingJumpsAsync(IPage page) => page.EvaluateAsync<string[]>(
        """
        () => {
          const levels = [...document.querySelectorAll("main :is(h1, h2, h3, h4)")].map((e) => [Number(e.tagName[1]), e.textContent]);
          return [
            ...levels.filter(([level], i) => i > 0 && level > levels[i - 1][0] + 1).map(([level, text]) => `h${level} ${text}`),
            ...(levels.filter(([level]) => level === 1).length === 1 ? [] : ["not one h1"]),
          ];
        }
        """);

    /// <summary>What sticks out of the window at the side.</summary>
    public static Task<string[]> FindOverflowAsync(IPage page) => page.EvaluateAsync<string[]>(
        """
        () => {
          const width = document.documentElement.clientWidth;
          return document.documentElement.scrollWidth <= width ? [] : [...document.querySelectorAll("body *")]
            .filter((e) => e.getBoundingClientRect().right > width + 0.5)
            .map((e) => `${e.tagName}.${e.getAttribute("class")} to ${e.getBoundingClientRect().right}`);
        }
        """);

    /// <summary>Presses Tab and says where the focus comes, until it leaves the page.</summary>
    public static async Task<IReadOnlyList<FocusStop>> TabThroughAsync(IPage page, int most)
    {
        var stops = new List<FocusStop>();
        for (var i = 0; i < most; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            var name = await page.EvaluateAsync<string?>(
                """
                () => {
                  const e = document.activeElement;
                  return e === document.body ? null : (e.getAttribute("aria-label") ?? e.labels?.[0]?.textContent ?? e.textContent).trim();
                }
                """);
            if (name is null)
            {
                break;
            }

            // A hidden file field shows its focus on the label that stands for it.
            stops.Add(new FocusStop(name, await page.EvaluateAsync<bool>(
                """
                () => {
                  const e = document.activeElement;
                  const shown = e.classList.contains("unseen") ? e.labels[0] : e;
                  const style = getComputedStyle(shown);
                  return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
                }
                """)));
        }

        return stops;
    }
}
