package io.numa.avatar.egress.registry.serving;

import io.numa.avatar.egress.registry.Registry;
import io.numa.avatar.egress.registry.RegistryKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;

/**
 * Where the paths of one registry lead.
 *
 * <p>npm puts its default registry in place of every host that a lock file names, also for packages
 * of a scope that has a registry of its own, and the path of the default registry before the path
 * (reify.js of Arborist, in npm 11). Such paths lead to the registry of the scope.
 *
 * @param scopes the registries of scopes, by their scopes
 */
record Sources(Source own, Map<String, Source> scopes) {
  /** The sources of all registries, in their order. */
  static List<Sources> of(List<Registry> registries, Supplier<OkHttpClient> http) {
    List<Source> all = registries.stream().map(one -> Source.of(one, http)).toList();
    Map<String, Source> scopes =
        all.stream()
            .filter(source -> source.registry().kind() == RegistryKind.NPM)
            .filter(source -> source.registry().covers().isPresent())
            .collect(
                Collectors.toMap(
                    source -> source.registry().covers().orElseThrow(), s -> s, (a, b) -> a));
    return all.stream().map(one -> new Sources(one, isDefault(one) ? scopes : Map.of())).toList();
  }

  private static boolean isDefault(Source source) {
    Registry registry = source.registry();
    return registry.kind() == RegistryKind.NPM && registry.covers().isEmpty();
  }

  /** What a path stands for; empty if it belongs to none of the registries. */
  Optional<Source.Target> at(RegistryPath path) {
    return scoped(path).or(() -> own.at(path));
  }

  private Optional<Source.Target> scoped(RegistryPath path) {
    return Stream.of(path.path().split("/", -1))
        .map(scopes::get)
        .filter(source -> source != null)
        .findFirst()
        .flatMap(source -> scoped(source, path));
  }

  private Optional<Source.Target> scoped(Source source, RegistryPath path) {
    String base = own.registry().path();
    return Optional.of(path)
        .filter(found -> found.isBelow(base))
        .flatMap(found -> RegistryPath.parse("/" + found.below(base) + found.query()))
        .flatMap(source::at)
        .or(() -> source.at(path));
  }
}
