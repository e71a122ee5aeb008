package io.numa.avatar.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The pages for people who do not see well, or do not use a mouse, in a real browser. */
class AccessiblePagesIT {
  private static final List<String> PAGES =
      List.of("/", "/tasks", "/tasks?text=nothing", "/tasks/1042", "/tasks/1040", "/tasks/0");

  private static final Set<String> WITH_ALL_CONTROLS = Set.of("/", "/tasks/1040");

  /** The roles of what people use, and must be told by its name. */
  private static final Set<String> CONTROLS =
      Set.of("link", "button", "textbox", "searchbox", "DisclosureTriangle", "region", "form");

  /** The texts whose contrast with what is behind them is below 4.5, as WCAG 2 computes it. */
  private static final String FAINT =
      """
      (() => {
        const parts = (colour) => {
          const n = colour.match(/[\\d.]+/g).map(Number);
          const k = colour.startsWith('color(') ? 255 : 1;
          return [n[0] * k, n[1] * k, n[2] * k, n[3] === undefined ? 1 : n[3]];
        };
        const over = (top, under) =>
          [0, 1, 2].map((i) => top[i] * top[3] + under[i] * (1 - top[3])).concat(1);
        const light = (c) => {
          const [r, g, b] = c.slice(0, 3).map((v) => v / 255)
            .map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const behind = (element) => {
          const all = [];
          for (let e = element; e; e = e.parentElement) all.push(parts(getComputedStyle(e).backgroundColor));
          return all.reverse().reduce((under, top) => over(top, under), [255, 255, 255, 1]);
        };
        const faint = new Set();
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
          const element = walker.currentNode.parentElement;
          const text = walker.currentNode.data.trim();
          if (!text || !element.checkVisibility() || element.closest('.visually-hidden, .skip')) continue;
          const style = getComputedStyle(element);
          const back = behind(element);
          const ink = parts(style.color);
          let opacity = 1;
          for (let e = element; e; e = e.parentElement) opacity *= Number(getComputedStyle(e).opacity);
          ink[3] *= opacity;
          const [a, b] = [light(over(ink, back)), light(back)].sort((x, y) => y - x);
          const ratio = (a + 0.05) / (b + 0.05);
          if (ratio < 4.5) faint.add(ratio.toFixed(2) + ' ' + element.tagName + '.' + element.className + ': ' + text.slice(0, 30));
        }
        return [...faint].join('\\n');
      })()
      """;

  private static final String REACHABLE =
      """
      (() => {
        const all = [...document.querySelectorAll('a[href], button, input, summary, [tabindex="0"]')]
          .filter((e) => e.checkVisibility() && !e.disabled);
        all.forEach((e, i) => { e.dataset.reach = i; });
        return all.length;
      })()
      """;

  private static final String FOCUSED =
      """
      (() => {
        const e = document.activeElement;
        if (e === document.body) return '';
        const style = getComputedStyle(e);
        const seen = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 1;
        return e.dataset.reach + (seen ? '' : ' unseen');
      })()
      """;

  @TempDir(cleanup = CleanupMode.NEVER)
  Path profile;

  private SampleServer sample;
  private Browser browser;

  @AfterEach
  void stop() {
    if (browser != null) {
      browser.close();
      sample.close();
    }
  }

  @Test
  void pagesAreForAllPeople() throws Exception {
    Optional<Path> chromium = Browser.program();
    Assumptions.assumeTrue(chromium.isPresent(), "/usr/bin/chromium is missing");
    sample = new SampleServer(0);
    browser = Browser.start(chromium.get(), profile);
    browser.call("Accessibility.enable", Map.of());
    browser.go(address("/login"));
    check("/login");
    browser.go(sample.server.loginLink());
    for (String page : PAGES) {
      browser.go(address(page));
      check(page);
      if (WITH_ALL_CONTROLS.contains(page)) {
        allControlsAreReached(page);
      }
    }
    browser.eval("document.querySelector('h1').style.color = '#888'");
    assertThat(browser.eval(FAINT)).as("what is too faint is found").contains("H1");
  }

  private void check(String page) throws Exception {
    assertThat(browser.eval("document.documentElement.lang")).as(page).isEqualTo("en");
    allControlsHaveNames(page);
    for (String scheme : List.of("light", "dark")) {
      show(scheme, "no-preference");
      assertThat(browser.eval(FAINT)).as("too faint, " + scheme + ", of " + page).isEmpty();
    }
    show("light", "reduce");
    assertThat(browser.eval("document.getAnimations().length")).as(page).isEqualTo("0");
  }

  private void show(String scheme, String motion) throws Exception {
    browser.call(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                Map.of("name", "prefers-color-scheme", "value", scheme),
                Map.of("name", "prefers-reduced-motion", "value", motion))));
  }

  private void allControlsAreReached(String page) throws Exception {
    browser.eval("document.activeElement.blur()");
    int count = Integer.parseInt(browser.eval(REACHABLE));
    Set<String> reached = new LinkedHashSet<>();
    for (int i = 0; i < count + 2; i++) {
      browser.press("Tab", 9);
      reached.add(browser.eval(FOCUSED));
    }
    reached.remove("");
    assertThat(reached).as("reached by Tab in " + page).hasSize(count).noneMatch(this::unseen);
  }

  private boolean unseen(String element) {
    return element.endsWith("unseen");
  }

  private void allControlsHaveNames(String page) throws Exception {
    var nameless = new ArrayList<String>();
    var roles = new LinkedHashSet<String>();
    for (JsonNode node : browser.call("Accessibility.getFullAXTree", Map.of()).get("nodes")) {
      String role = node.at("/role/value").asText();
      roles.add(role);
      if (!node.path("ignored").asBoolean()
          && CONTROLS.contains(role)
          && node.at("/name/value").asText().isBlank()
          && !role.equals("form")) {
        nameless.add(node.toString());
      }
    }
    assertThat(nameless).as("without a name in " + page).isEmpty();
    assertThat(roles).as("landmarks of " + page).contains("banner", "main", "heading");
  }

  private String address(String path) {
    return "http://127.0.0.1:" + sample.server.address().getPort() + path;
  }
}
