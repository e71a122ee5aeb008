package io.numa.avatar.git.settings;

/** Who commits: author and committer alike. */
public record GitIdentity(String name, String email) {
  public GitIdentity {
    if (name.isBlank()) {
      throw new IllegalArgumentException("the author's name is empty");
    }
  }
}
