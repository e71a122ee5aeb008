package io.numa.avatar.run.test.report;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;

/** The events of {@code go test -json}, one on each line. */
final class GoJsonLines implements LineFormat {
  private final Tally tally;
  private final Map<String, GoPackage> packages = new LinkedHashMap<>();
  private boolean found;

  GoJsonLines(Tally tally) {
    this.tally = tally;
  }

  @Override
  public void accept(String line) {
    if (line.startsWith("{\"")) {
      Map<String, String> event = FlatJson.members(line);
      if (event.containsKey("Action") && event.containsKey("Package")) {
        found = true;
        add(event.get("Action"), event.get("Package"), event);
      }
    } else if (found) {
      Matcher result = GoVerboseLines.PACKAGE.matcher(line);
      if (result.matches() && result.group("why").contains("failed")) {
        endPackage(result.group("name"), true);
      }
    }
  }

  private void add(String action, String name, Map<String, String> event) {
    GoPackage into = packages.computeIfAbsent(name, key -> new GoPackage());
    String test = event.getOrDefault("Test", "");
    switch (action) {
      case "run" -> into.begin(test);
      case "output" -> into.print(test, event.getOrDefault("Output", ""));
      case "pass", "fail", "skip" -> {
        if (test.isEmpty()) {
          endPackage(name, action.equals("fail"));
        } else {
          into.end(test, CaseResult.of(action));
        }
      }
      default -> {}
    }
  }

  private void endPackage(String name, boolean failed) {
    Optional.ofNullable(packages.remove(name)).orElseGet(GoPackage::new).addTo(tally, name, failed);
  }

  @Override
  public Optional<Tally> end() {
    packages.forEach(
        (name, left) -> {
          left.addTo(tally, name, false);
          tally.lose(new Fault(0, "package " + name + " did not end"));
        });
    return found ? Optional.of(tally) : Optional.empty();
  }
}
