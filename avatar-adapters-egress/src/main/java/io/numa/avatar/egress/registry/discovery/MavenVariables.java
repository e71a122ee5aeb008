package io.numa.avatar.egress.registry.discovery;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts variables in place of <code>${env.NAME}</code> and <code>${user.home}</code>, as Maven. */
record MavenVariables(Machine machine) {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]+)\\}");

  /** The text with its variables; one that is not known stays as it is. */
  String in(String text) {
    return REFERENCE
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(value(found.group(1)).orElse(found.group())));
  }

  private Optional<String> value(String name) {
    if (name.equals("user.home")) {
      return Optional.of(machine.home().toString());
    }
    return name.startsWith("env.")
        ? Optional.ofNullable(machine.environment().get(name.substring(4)))
        : Optional.empty();
  }
}
