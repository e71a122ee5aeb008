package io.numa.avatar.backend.project;

import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.port.DetectedTests;
import java.util.Optional;
import java.util.regex.Pattern;

/** A folder with tests, and the rule that recognised them. */
record Project(ProjectFolder folder, TestRule rule) {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.][A-Za-z0-9_./@+-]*");

  static Optional<Project> in(ProjectFolder folder) {
    return TestRules.RULES.stream()
        .filter(rule -> rule.applies().test(folder))
        .findFirst()
        .map(rule -> new Project(folder, rule));
  }

  static Optional<Project> by(TestRule rule, ProjectFolder folder) {
    return rule.applies().test(folder) ? Optional.of(new Project(folder, rule)) : Optional.empty();
  }

  DetectedTests detected() {
    return DetectedTests.found(command(), "because of " + reason())
        .withScripts(TestScripts.of(this));
  }

  /** The command, to be run in the project's folder. */
  CommandLine command() {
    return rule.commandIn(folder);
  }

  /** The command as a line of shell, to be run in the tree's root. */
  String lineFromRoot() {
    return "cd " + quoted(name()) + " && " + command().display();
  }

  String reason() {
    boolean python = rule.command().contains("python3");
    return rule.marker()
        + (folder.name().isEmpty() ? "" : " in " + name())
        + (python ? new PythonProject(folder).caveat() : "");
  }

  /** The folder's path in the tree. */
  String name() {
    return folder.name().replaceAll("/$", "");
  }

  private static String quoted(String name) {
    if (PLAIN.matcher(name).matches()) {
      return name;
    }
    return "'" + (name.startsWith("-") ? "./" : "") + name.replace("'", "'\\''") + "'";
  }
}
