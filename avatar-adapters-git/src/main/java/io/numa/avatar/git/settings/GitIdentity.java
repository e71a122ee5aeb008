package io.numa.avatar.git.settings;

/** The author of commits, who is also the committer. */
public record GitIdentity(String name, String email) {
  public GitIdentity {
    if (name.isBlank()) {
      throw new IllegalArgumentException("the author's name is empty");
    }
  }
}
