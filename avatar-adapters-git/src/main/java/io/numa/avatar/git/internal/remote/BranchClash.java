package io.numa.avatar.git.internal.remote;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.repository.CheckoutRequest;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.FailureKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.eclipse.jgit.lib.Constants;

/**
 * Refuses a new branch whose name Git cannot have beside another one, such as {@code feat} and
 * {@code feat/x}, or whose name is taken for another one: {@code MAIN} and {@code heads/main}
 * beside {@code main}. Many servers store branches as files, and say so only at the push.
 */
final class BranchClash {
  private static final List<UnaryOperator<String>> SPELLINGS =
      List.of(
          name -> name,
          name -> name.toLowerCase(Locale.ROOT),
          name -> name.toUpperCase(Locale.ROOT),
          name -> name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1),
          BranchClash::key);

  private BranchClash() {}

  /**
   * The names that a remote is asked for, so that it does not have to list all of its branches:
   * those above this one ({@code a} and {@code a/b} for a/b/c), in the usual spellings. A clash
   * with another name is found at the push, for which each remote lists all of its branches.
   */
  static List<BranchName> asked(BranchName branch) {
    List<String> names = new ArrayList<>(above(branch.value()));
    names.add(branch.value());
    Set<BranchName> asked = new LinkedHashSet<>();
    for (String name : names) {
      for (UnaryOperator<String> spelling : SPELLINGS) {
        named(spelling.apply(name)).ifPresent(asked::add);
      }
    }
    return List.copyOf(asked);
  }

  private static Optional<BranchName> named(String name) {
    try {
      return Optional.of(new BranchName(name));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // no branch can be called that
    }
  }

  private static List<String> above(String name) {
    List<String> above = new ArrayList<>();
    for (int end = name.indexOf('/'); end >= 0; end = name.indexOf('/', end + 1)) {
      above.add(name.substring(0, end));
    }
    return above;
  }

  /**
   * Checks the branch before the first fetch.
   *
   * @param refs the full names of the remote's refs; must include those that are {@link #asked} for
   */
  static void check(CheckoutRequest request, Collection<String> refs) {
    Optional<String> other = find(request.branch(), refs);
    if (other.isPresent()) {
      throw new PortException(
          FailureKind.INVALID_TASK,
          ("could not check out '" + request.branch() + "' of '" + request.repository() + "': ")
              + reason(other.get()));
    }
  }

  /**
   * Checks a ref before a push creates it.
   *
   * @param refs the full names of all refs of the remote
   */
  static void checkPush(String ref, Collection<String> refs) {
    if (ref.startsWith(Constants.R_HEADS)) {
      BranchName branch = new BranchName(ref.substring(Constants.R_HEADS.length()));
      Optional<String> other = find(branch, refs);
      if (other.isPresent()) {
        throw new PortException(
            FailureKind.PUSH_REJECTED, "could not push '" + branch + "': " + reason(other.get()));
      }
    }
  }

  private static String reason(String other) {
    String kind = other.startsWith(Constants.R_TAGS) ? "tag" : "branch";
    String name = other.substring(other.indexOf('/', Constants.R_REFS.length()) + 1);
    return "the "
        + kind
        + " '"
        + name
        + "' exists there, and Git or a file system cannot have both; name another branch";
  }

  /** The full name of the ref that a new branch clashes with; empty if the branch exists. */
  private static Optional<String> find(BranchName branch, Collection<String> refs) {
    if (refs.contains(branch.ref())) {
      return Optional.empty();
    }
    String key = key(branch.value());
    String asRef = Constants.R_REFS + branch; // what tags/v1 means to Git if there is a tag v1
    return refs.stream()
        .filter(ref -> ref.equals(asRef) || (ref.startsWith(Constants.R_HEADS) && clash(key, ref)))
        .findFirst();
  }

  private static boolean clash(String key, String ref) {
    String other = key(ref.substring(Constants.R_HEADS.length()));
    return other.equals(key) || other.startsWith(key + "/") || key.startsWith(other + "/");
  }

  private static String key(String branch) {
    return LookalikeName.key(branch);
  }
}
