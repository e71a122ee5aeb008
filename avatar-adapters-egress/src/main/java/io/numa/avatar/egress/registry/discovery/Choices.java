package io.numa.avatar.egress.registry.discovery;

import io.numa.avatar.egress.registry.GoSetup;
import io.numa.avatar.egress.registry.Registry;
import io.numa.avatar.egress.registry.RegistryChoice;
import io.numa.avatar.egress.registry.RegistryKind;
import io.numa.avatar.egress.registry.RegistrySetup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The registries that the configuration lists.
 *
 * <p>The only one of Maven or Gradle stands for every repository. Of several, the first one stands
 * for Maven Central.
 */
record Choices(List<RegistryChoice> all) {
  private static final String GRADLE_CENTRAL = "https://repo.maven.apache.org/maven2";

  RegistrySetup setup(Map<String, String> goEnvironment) {
    List<Registry> registries = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (var kind : RegistryKind.values()) {
      List<RegistryChoice> chosen = all.stream().filter(c -> c.kind() == kind).toList();
      for (int i = 0; i < chosen.size(); i++) {
        registries.add(registry(chosen.get(i), i, chosen.size() == 1));
      }
      if (kind == RegistryKind.NPM && chosen.size() > 1) {
        notes.add("sandbox.registries: npm fetches from the first of its registries only");
      }
    }
    return new RegistrySetup(registries, go(goEnvironment), notes);
  }

  private GoSetup go(Map<String, String> environment) {
    int proxies = (int) all.stream().filter(c -> c.kind() == RegistryKind.GO).count();
    List<String> numbers = IntStream.range(0, proxies).mapToObj(i -> "{" + i + "}").toList();
    return new GoSetup(numbers.isEmpty() ? "off" : String.join(",", numbers), environment);
  }

  private static Registry registry(RegistryChoice choice, int number, boolean only) {
    boolean isCrates = choice.kind() == RegistryKind.CARGO && number == 0;
    String name = isCrates ? "crates-io" : choice.kind().word() + (number + 1);
    return new Registry(
        choice.kind(),
        name,
        choice.url(),
        choice.login(),
        covers(choice, number == 0, only),
        "sandbox.registries");
  }

  private static Optional<String> covers(RegistryChoice choice, boolean first, boolean only) {
    String url = choice.url().toString();
    return switch (choice.kind()) {
      case MAVEN -> only ? Optional.of("*") : Optional.of("central").filter(id -> first);
      case GRADLE -> Optional.of(only ? "*" : first ? GRADLE_CENTRAL : url);
      case CARGO -> Optional.of("sparse+" + url).filter(index -> !first);
      case NPM, PYPI, GO -> Optional.empty();
    };
  }
}
