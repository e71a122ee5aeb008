package io.numa.avatar.egress.registry.client;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The {@code settings.xml} of Maven. */
final class MavenFile {
  private MavenFile() {}

  /** Mirrors stand for what they stand for outside; the other registries are repositories. */
  static String text(List<Inside> registries) {
    List<Inside> repositories = registries.stream().filter(one -> one.covers().isEmpty()).toList();
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<settings>\n  <mirrors>\n"
        + all(registries, MavenFile::mirror)
        + "  </mirrors>\n  <profiles><profile>\n    <id>avatar-registries</id>\n    <repositories>\n"
        + all(repositories, one -> repository("repository", one))
        + "    </repositories>\n    <pluginRepositories>\n"
        + all(repositories, one -> repository("pluginRepository", one))
        + "    </pluginRepositories>\n  </profile></profiles>\n  <activeProfiles>\n"
        + "    <activeProfile>avatar-registries</activeProfile>\n  </activeProfiles>\n</settings>\n";
  }

  private static String all(List<Inside> registries, Function<Inside, String> written) {
    return registries.stream().map(written).collect(Collectors.joining());
  }

  /** A repository is mirrored, too, as a project may name the same one by its address outside. */
  private static String mirror(Inside registry) {
    return registry.covers().isEmpty()
        ? mirror("avatar-" + registry.name(), registry.name(), registry)
        : mirror(registry.name(), registry.covers(), registry);
  }

  private static String mirror(String id, String covers, Inside registry) {
    return "    <mirror><id>"
        + escaped(id)
        + "</id><mirrorOf>"
        + escaped(covers)
        + "</mirrorOf><url>"
        + escaped(registry.url())
        + "/</url></mirror>\n";
  }

  private static String repository(String element, Inside registry) {
    return "      <"
        + element
        + "><id>"
        + escaped(registry.name())
        + "</id><url>"
        + escaped(registry.url())
        + "/</url></"
        + element
        + ">\n";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
