package io.numa.avatar.cli.config;

import io.numa.avatar.cli.config.value.Origin;
import io.numa.avatar.process.sandbox.settings.OwnPlaces;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rules for folders that sandboxes see. None may be where sandboxes have their own. None may be
 * below one that commands change, as they could leave a link there that leads the sandbox's makers
 * to other folders.
 */
final class SandboxPlaces {
  private static final String WORKSPACE = "avatar.workspace";
  private static final String CACHES = "sandbox.caches";

  private final Configuration configuration;
  private final BoundValues values;
  private final Problems problems;

  SandboxPlaces(Configuration configuration, BoundValues values, Problems problems) {
    this.configuration = configuration;
    this.values = values;
    this.problems = problems;
  }

  /** A folder that a key names. */
  private record Named(String key, Origin origin, Path folder) {
    String quoted() {
      return "'" + folder + "'";
    }
  }

  /**
   * Checks all of them.
   *
   * @param home the operator's HOME
   */
  void check(Path home) {
    List<Named> tools = named("sandbox.tools", configuration.sandbox().tools());
    List<Named> caches = named(CACHES, configuration.sandbox().caches());
    Optional<Named> workspace =
        Optional.ofNullable(configuration.avatar().workspace())
            .map(folder -> new Named(WORKSPACE, values.origin(WORKSPACE), folder.normalize()));
    Stream.of(tools, caches).flatMap(List::stream).forEach(this::checkIsNotOwn);
    Stream.of(tools.stream(), caches.stream(), workspace.stream())
        .flatMap(all -> all)
        .forEach(named -> checkIsNotIn(named, home));
    caches.forEach(cache -> checkHoldsNoOther(cache, caches, workspace));
  }

  private List<Named> named(String key, @Nullable List<@Nullable Path> folders) {
    var named = new ArrayList<Named>();
    for (int i = 0; folders != null && i < folders.size(); i++) {
      Path folder = folders.get(i);
      if (folder != null) {
        Path path = folder.toAbsolutePath().normalize();
        named.add(new Named(key + "[" + i + "]", values.originOfEntry(key, i), path));
      }
    }
    return named;
  }

  private void checkIsNotOwn(Named named) {
    if (OwnPlaces.areCoveredBy(named.folder())) {
      add(named, "in whose place sandboxes have their own; name another folder");
    }
  }

  private void checkIsNotIn(Named named, Path home) {
    Path folder = named.folder();
    boolean operators = folder.startsWith(home);
    Stream.concat(
            Stream.of(OwnPlaces.CACHES, OwnPlaces.LAYERS),
            OwnPlaces.HOMES.stream().filter(place -> !(operators && home.startsWith(place))))
        .filter(folder::startsWith)
        .forEach(
            place ->
                add(
                    named,
                    "which sandboxes have below '"
                        + place
                        + "', where commands change everything; name a folder elsewhere"));
  }

  private void checkHoldsNoOther(Named cache, List<Named> caches, Optional<Named> workspace) {
    Path folder = cache.folder();
    workspace
        .filter(other -> other.folder().startsWith(folder))
        .ifPresent(
            other ->
                add(
                    cache,
                    "which holds avatar.workspace, "
                        + other.quoted()
                        + "; name a folder beside it"));
    caches.stream()
        .filter(other -> folder.startsWith(other.folder()))
        .filter(other -> isTheOneToRemove(cache, other, caches))
        .findFirst()
        .ifPresent(
            other ->
                add(
                    cache,
                    "which " + other.key() + ", " + other.quoted() + ", shows already; remove it"));
  }

  /** Of two that are the same, the later one is. */
  private static boolean isTheOneToRemove(Named inner, Named outer, List<Named> all) {
    return !inner.folder().equals(outer.folder()) || all.indexOf(inner) > all.indexOf(outer);
  }

  private void add(Named named, String problem) {
    problems.add(named.origin(), named.key(), "is " + named.quoted() + ", " + problem);
  }
}
