package io.numa.avatar.git;

import io.numa.avatar.git.internal.local.IdentityFiles;
import io.numa.avatar.git.internal.local.LocalRepositories;
import io.numa.avatar.git.settings.GitIdentity;
import io.numa.avatar.task.RepositoryUrl;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

/**
 * The name and the address with which a person commits: of the variables {@code GIT_AUTHOR_NAME}
 * and {@code GIT_AUTHOR_EMAIL}, of the repository's configuration if it is on this machine, and of
 * the person's own. Nothing else in these files has an effect on the avatar.
 */
public final class PersonalIdentity {
  private PersonalIdentity() {}

  /** Reads it; empty if a name or an address is missing, or a file cannot be read. */
  public static Optional<GitIdentity> find(
      RepositoryUrl repository, Map<String, String> environment) {
    try {
      Optional<Repository> local = LocalRepositories.open(repository);
      try (Repository opened = local.orElse(null)) {
        var files = new IdentityFiles(environment);
        Map<String, String> said = opened == null ? files.read() : files.read(opened);
        Optional<String> name =
            first(
                environment.get("GIT_AUTHOR_NAME"), said.get("author.name"), said.get("user.name"));
        Optional<String> email =
            first(
                environment.get("GIT_AUTHOR_EMAIL"),
                said.get("author.email"),
                said.get("user.email"),
                environment.get("EMAIL"));
        return name.flatMap(known -> email.map(address -> new GitIdentity(known, address)));
      }
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The first value that is left without the characters that Git leaves out. */
  private static Optional<String> first(@Nullable String... values) {
    for (@Nullable String value : values) {
      String left = value == null ? "" : value.replaceAll("[<>\\p{Cntrl}]", "").strip();
      if (!left.isEmpty()) {
        return Optional.of(left);
      }
    }
    return Optional.empty();
  }
}
