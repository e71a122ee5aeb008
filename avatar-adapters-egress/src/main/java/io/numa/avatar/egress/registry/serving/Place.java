package io.numa.avatar.egress.registry.serving;

import io.numa.avatar.egress.registry.Registry;
import io.numa.avatar.egress.registry.RegistryKind;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * What a registry holds where: which paths belong to it, and where they are outside.
 *
 * @param root the folder that all of its paths are below, ending with a slash
 */
record Place(Registry registry, HttpUrl url, String root, Elsewhere elsewhere) {
  private static final Pattern SIMPLE = Pattern.compile("(?<=/)\\+?simple/$");

  static Place of(Registry registry) {
    HttpUrl url = HttpUrl.get(registry.url().toString());
    return new Place(registry, url, root(registry), new Elsewhere(url));
  }

  /** The files of a Python index are beside its folder {@code simple}. */
  private static String root(Registry registry) {
    return registry.kind() == RegistryKind.PYPI
        ? SIMPLE.matcher(registry.path()).replaceFirst("")
        : registry.path();
  }

  /** Where a path is outside; empty if it does not belong to the registry. */
  Optional<HttpUrl> outside(RegistryPath path) {
    if (path.path().startsWith(Elsewhere.FOLDER)) {
      return elsewhere.at(path);
    }
    if (!path.isBelow(root)) {
      return Optional.empty();
    }
    return Optional.ofNullable(url.resolve(path.toString()))
        .filter(found -> isOnItsServer(found))
        .filter(found -> found.encodedPath().equals(path.path()));
  }

  /**
   * Where a sandbox finds what is at {@code target} outside; empty if it must not be reached.
   *
   * @return a path with its query, without a fragment
   */
  Optional<String> inside(HttpUrl target) {
    String query = target.encodedQuery() == null ? "" : "?" + target.encodedQuery();
    return isOwn(target)
        ? Optional.of(target.encodedPath() + query)
        : elsewhere.add(target).map(path -> path + query);
  }

  /** The same for a folder, whose URL need not end with a slash, and all that is below it. */
  Optional<String> insideFolder(HttpUrl folder) {
    return inside(folder, elsewhere::addFolder);
  }

  /** The same for the beginning of paths that a client completes. */
  Optional<String> insideBeginning(HttpUrl beginning) {
    return inside(beginning, elsewhere::addBeginning);
  }

  private Optional<String> inside(HttpUrl several, Consumer<HttpUrl> remembered) {
    Optional<String> path = inside(several);
    if (path.isPresent() && !isOwn(several)) {
      remembered.accept(several);
    }
    return path;
  }

  /** Whether {@code target} is on the registry's server, below its root. */
  boolean isOwn(HttpUrl target) {
    return isOnItsServer(target)
        && RegistryPath.parse(target.encodedPath()).filter(p -> p.isBelow(root)).isPresent();
  }

  private boolean isOnItsServer(HttpUrl target) {
    return ServerOrigin.of(target).equals(ServerOrigin.of(url));
  }
}
