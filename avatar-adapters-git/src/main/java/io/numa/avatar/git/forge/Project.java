package io.numa.avatar.git.forge;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.repository.ChangeRequest;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A repository by the names that services use: first the groups or the owner, last the repository's
 * name.
 *
 * @param address as written in the task, for messages
 */
record Project(RepositoryUrl address, List<String> path) {
  Project {
    path = List.copyOf(path);
  }

  /**
   * Reads a repository's address.
   *
   * @param root the path below which the service lies, without slashes around it
   * @throws PortException of kind {@code NOT_FOUND} if it names no owner and repository
   */
  static Project of(RepositoryUrl address, String root) {
    String path = path(address).replaceAll("^/+|/+$", "").replaceFirst("\\.git$", "");
    if (!root.isEmpty() && path.startsWith(root + "/")) {
      path = path.substring(root.length() + 1);
    }
    List<String> names = List.of(path.split("/", -1));
    if (names.size() < 2 || names.stream().anyMatch(Project::isNoName)) {
      throw noSuch(address);
    }
    return new Project(address, names);
  }

  private static boolean isNoName(String name) {
    return name.isBlank() || name.equals(".") || name.equals("..");
  }

  private static String path(RepositoryUrl address) {
    String value = address.value();
    if (!value.contains("://")) {
      return value.substring(value.indexOf(':') + 1);
    }
    String raw = Optional.ofNullable(URI.create(address.encoded()).getRawPath()).orElse("");
    return URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static PortException noSuch(RepositoryUrl address) {
    return new PortException(
        FailureKind.NOT_FOUND,
        "could not open a change request: '" + address + "' names no owner and repository");
  }

  /** The owner, for services without nested groups. */
  String owner() {
    if (path.size() != 2) {
      throw noSuch(address);
    }
    return path.get(0);
  }

  String name() {
    return path.get(path.size() - 1);
  }

  /** All names, joined by slashes. */
  String fullName() {
    return String.join("/", path);
  }

  /** The action "look for change requests", for error messages. */
  String finding() {
    return "look for change requests of '" + address + "'";
  }

  /** The action "read the reviews", for error messages. */
  String reviewing() {
    return "read the reviews of '" + address + "'";
  }

  /** The action "answer a comment", for error messages. */
  String answering() {
    return "answer at '" + address + "'";
  }

  /** The action "open a change request", for error messages. */
  String opening(ChangeRequest request) {
    return "open a change request for '" + request.pushed().branch() + "' of '" + address + "'";
  }
}
