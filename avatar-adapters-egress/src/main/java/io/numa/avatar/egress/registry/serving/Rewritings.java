package io.numa.avatar.egress.registry.serving;

import io.numa.avatar.egress.registry.Registry;
import java.util.List;

/** Which documents of a registry have links that must be changed. */
final class Rewritings {
  private Rewritings() {}

  /**
   * What may be needed for the document at a path; the answer's media type decides.
   *
   * <p>npm itself replaces the host of tarballs by that of the registry that it is set up for, and
   * writes the original into its lock file. So links to the registry itself are left to it. pnpm
   * and Yarn do not.
   *
   * @param userAgent how the client calls itself
   */
  static List<Rewriting> of(Registry registry, RegistryPath path, String userAgent) {
    if (!path.isBelow(registry.path())) {
      return List.of();
    }
    String name = path.below(registry.path());
    return switch (registry.kind()) {
      case NPM ->
          name.contains("-/") || name.endsWith(".tgz")
              ? List.of()
              : List.of(JsonLinks.ofNpm(userAgent.startsWith("npm/")));
      case PYPI -> List.of(new HtmlLinks(), JsonLinks.ofIndex());
      case CARGO -> name.equals("config.json") ? List.of(new CargoConfig()) : List.of();
      case MAVEN, GRADLE, GO -> List.of();
    };
  }
}
