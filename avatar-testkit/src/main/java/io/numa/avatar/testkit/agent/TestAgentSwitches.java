package io.numa.avatar.testkit.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The arguments of the test agent. */
record TestAgentSwitches(List<String> words) {
  private static final List<String> WITH_VALUE =
      List.of("--script", "--crash", "--hang", "--protocol");

  static TestAgentSwitches of(List<String> words) {
    return new TestAgentSwitches(List.copyOf(words));
  }

  boolean has(String name) {
    return words.contains(name);
  }

  /** The word after a switch; empty if the switch is missing. */
  String value(String name) {
    int at = words.indexOf(name);
    return at < 0 ? "" : words.get(at + 1);
  }

  /** The last word, if it belongs to no switch. */
  String prompt() {
    int last = words.size() - 1;
    boolean free =
        !words.get(last).startsWith("--")
            && (last == 0 || !WITH_VALUE.contains(words.get(last - 1)));
    return free ? words.get(last) : "";
  }

  TestAgentScript script() throws IOException {
    String file = value("--script");
    return TestAgentScript.of(file.isEmpty() ? "say I am done." : Files.readString(Path.of(file)));
  }
}
