package io.numa.avatar.git;

/** Who commits: author and committer alike. */
public record GitIdentity(String name, String email) {
  public GitIdentity {
    if (name.isBlank()) {
      throw new IllegalArgumentException("the author's name is empty");
    }
  }
}
