package io.numa.avatar.port.sandbox;

import io.numa.avatar.task.RepositoryUrl;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Where a process works, and what it needs of this machine. It sees nothing else that belongs to
 * the avatar or to other tasks.
 *
 * @param repository the repository whose HOME and caches the process gets
 * @param tree the working tree, an absolute path
 * @param access what the process may do with the tree and with what is the repository's
 * @param readable folders that the process may read, too, such as those of Git objects; absolute
 * @param home the HOME of the process, an absolute path; the repository's own if empty
 * @param services ports on this machine's loopback address that the process reaches at the same
 *     address
 */
public record SandboxSite(
    WorkKind kind,
    RepositoryUrl repository,
    Path tree,
    Access access,
    Set<Path> readable,
    Optional<Path> home,
    Set<Integer> services) {
  public SandboxSite {
    readable = Set.copyOf(readable);
    services = Set.copyOf(services);
  }

  /** The site of a process that may change everything in the tree. */
  public SandboxSite(WorkKind kind, RepositoryUrl repository, Path tree, Set<Path> readable) {
    this(kind, repository, tree, Access.CHANGE, readable, Optional.empty(), Set.of());
  }

  /** What a process may do with the tree, and with the HOME and caches of the repository. */
  public enum Access {
    CHANGE,
    /** It changes nothing but its own HOME and temporary files, where the sandbox holds files. */
    READ
  }

  /** The same site for a process that only reads. */
  public SandboxSite forReading() {
    return new SandboxSite(kind, repository, tree, Access.READ, readable, home, services);
  }

  public boolean isReadOnly() {
    return access == Access.READ;
  }

  public SandboxSite withHome(Path newHome) {
    return new SandboxSite(
        kind, repository, tree, access, readable, Optional.of(newHome), services);
  }

  public SandboxSite withServices(Set<Integer> newServices) {
    return new SandboxSite(kind, repository, tree, access, readable, home, newServices);
  }
}
