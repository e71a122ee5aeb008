package io.numa.avatar.cli.config;

import io.numa.avatar.cli.config.value.Origin;
import io.numa.avatar.port.sandbox.WorkKind;
import io.numa.avatar.task.sandbox.SandboxProfile;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rules between the keys of {@code sandbox}. */
final class SandboxChecks {
  private static final String REGISTRIES = "sandbox.registries";

  private final SandboxSection sandbox;
  private final BoundValues values;
  private final Problems problems;
  private final KeyRules rules;

  SandboxChecks(SandboxSection sandbox, BoundValues values, Problems problems) {
    this.sandbox = sandbox;
    this.values = values;
    this.problems = problems;
    this.rules = new KeyRules(values, problems);
  }

  void run() {
    if (!problems.areThereBelow("sandbox.profile") && !problems.areThereBelow("sandbox.minimum")) {
      checkMinimums();
    }
    List<SandboxSection.@Nullable Registry> registries = sandbox.registries();
    for (int i = 0; registries != null && i < registries.size(); i++) {
      SandboxSection.Registry registry = registries.get(i);
      String key = REGISTRIES + "[" + i + "]";
      if (registry != null && registry.kind() != null && !problems.areThereBelow(key)) {
        check(registry, key, registries.size());
      }
    }
  }

  /** A minimum that is a default refuses no profile; work of that kind is refused instead. */
  private void checkMinimums() {
    Map<WorkKind, SandboxProfile> profiles = sandbox.profile().byKind();
    sandbox
        .minimum()
        .byKind()
        .forEach(
            (kind, least) -> {
              SandboxProfile profile = profiles.getOrDefault(kind, least);
              String key = "sandbox.minimum." + kind.word();
              boolean given = !(values.origin(key) instanceof Origin.Default);
              if (given && !profile.isAtLeast(least)) {
                rules.add(
                    key,
                    "is '"
                        + least.word()
                        + "', which is above sandbox.profile for this kind ('"
                        + profile.word()
                        + "'); lower it, or raise the profile");
              }
            });
  }

  private void check(SandboxSection.Registry registry, String key, int count) {
    String prefix = key + ".";
    rules.oneOf(prefix, "password", "password_file");
    List<String> given =
        Stream.of("url", "username", "password", "password_file")
            .filter(name -> values.has(prefix + name))
            .toList();
    if (registry.isAuto()) {
      checkAuto(given, key, count);
    } else if (!given.contains("url")) {
      problems.add(
          values.originOfEntry(REGISTRIES, index(key)),
          key,
          "gives no url, expected where the registry is");
    } else {
      checkLogin(registry, prefix);
    }
  }

  private void checkAuto(List<String> given, String key, int count) {
    if (!given.isEmpty()) {
      rules.add(key + "." + given.get(0), "is of no use with auto, which finds it; remove it");
    } else if (count > 1) {
      problems.add(
          values.originOfEntry(REGISTRIES, index(key)),
          key,
          "is auto beside other registries, expected either auto alone or a list without it");
    }
  }

  private void checkLogin(SandboxSection.Registry registry, String prefix) {
    if (values.has(prefix + "username")
        && !values.has(prefix + "password")
        && !values.has(prefix + "password_file")) {
      rules.add(prefix + "username", "stands without a password; give password or password_file");
    }
    if (registry.secret().isPresent()
        && !registry.allowInsecureHttp()
        && registry.url().filter(KeyRules::isExposed).isPresent()) {
      rules.add(
          prefix + "url",
          "would carry the password over plain http to another machine; use https,"
              + " or set allow_insecure_http to true beside it");
    }
  }

  private static int index(String key) {
    return Integer.parseInt(key.replaceAll(".*\\[|\\]", ""));
  }
}
