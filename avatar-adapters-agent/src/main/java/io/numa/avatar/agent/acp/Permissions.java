package io.numa.avatar.agent.acp;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * Decides what an agent may do, when it asks: everything in the working tree but its {@code .git},
 * nothing outside of it, and nothing of a kind that the operator denies.
 */
final class Permissions {
  private static final int MAX_LINKS = 40;

  private final Path tree;
  private final Set<String> denied;

  /**
   * @param tree an existing folder
   */
  Permissions(Path tree, Set<String> denied) {
    try {
      this.tree = tree.toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.denied = denied;
  }

  /** Why a tool call is refused; empty if it is allowed. */
  Optional<String> refusal(String kind, List<String> paths) {
    if (denied.contains(kind)) {
      return Optional.of(String.format(Locale.ROOT, "tools of the kind '%s' are denied", kind));
    }
    return paths.stream().map(this::refusal).flatMap(Optional::stream).findFirst();
  }

  /** The option to choose: the one that holds for this time alone, if there is one. */
  static Optional<String> choice(JsonNode options, boolean allow) {
    String word = allow ? "allow" : "reject";
    return option(options, word + "_once").or(() -> option(options, word + "_always"));
  }

  private static Optional<String> option(JsonNode options, String kind) {
    return StreamSupport.stream(options.spliterator(), false)
        .filter(option -> option.path("kind").asText().toLowerCase(Locale.ROOT).equals(kind))
        .map(option -> option.path("optionId").textValue())
        .filter(id -> id != null)
        .findFirst();
  }

  private Optional<String> refusal(String text) {
    try {
      Path path = real(tree.resolve(withoutScheme(text)), MAX_LINKS);
      if (text.startsWith("~") || !path.startsWith(tree)) {
        return Optional.of(String.format(Locale.ROOT, "'%s' is outside of the working tree", text));
      }
      return isGit(tree.relativize(path))
          ? Optional.of(String.format(Locale.ROOT, "'%s' is a file of Git", text))
          : Optional.empty();
    } catch (InvalidPathException | IOException e) {
      return Optional.of(String.format(Locale.ROOT, "'%s' is no path", text));
    }
  }

  private static String withoutScheme(String text) {
    return text.startsWith("file://") ? text.substring("file://".length()) : text;
  }

  /** The path with the links of its existing part resolved. */
  private static Path real(Path path, int links) throws IOException {
    Path existing = path;
    while (existing.getParent() != null && !Files.exists(existing)) {
      if (Files.isSymbolicLink(existing)) {
        // It leads to a place where a file can be created.
        return throughLink(path, existing, links);
      }
      existing = existing.getParent();
    }
    return below(existing.toRealPath(), path, existing);
  }

  private static Path throughLink(Path path, Path link, int links) throws IOException {
    if (links == 0) {
      throw new IOException("too many links: " + path);
    }
    Path target = link.resolveSibling(Files.readSymbolicLink(link));
    return real(below(target, path, link), links - 1);
  }

  /** What {@code path} is below {@code part} of it, below another folder. */
  private static Path below(Path folder, Path path, Path part) {
    int names = path.getNameCount();
    return part.getNameCount() == names
        ? folder
        : folder.resolve(path.subpath(part.getNameCount(), names)).normalize();
  }

  private static boolean isGit(Path path) {
    return StreamSupport.stream(path.spliterator(), false)
        .anyMatch(name -> name.toString().equalsIgnoreCase(".git"));
  }
}
