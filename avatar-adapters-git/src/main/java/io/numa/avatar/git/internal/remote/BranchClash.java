package io.numa.avatar.git.internal.remote;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.repository.CheckoutRequest;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.FailureKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Ref;

/**
 * Refuses a new branch whose name Git cannot have beside another one: {@code feat} and {@code
 * feat/x}. Many servers store branches as files, and say so only at the push.
 */
final class BranchClash {
  private BranchClash() {}

  /** The names that must not be branches if this one is: {@code a} and {@code a/b} for a/b/c. */
  static List<BranchName> above(BranchName branch) {
    List<BranchName> above = new ArrayList<>();
    String name = branch.value();
    for (int end = name.indexOf('/'); end >= 0; end = name.indexOf('/', end + 1)) {
      above.add(new BranchName(name.substring(0, end)));
    }
    return above;
  }

  /**
   * Checks the branch before the first fetch.
   *
   * @param refs the remote's refs; must include those that begin with the branch's name, and those
   *     {@link #above} it
   */
  static void check(CheckoutRequest request, Map<String, Ref> refs) {
    Optional<String> other =
        Stream.concat(
                above(request.branch()).stream().map(BranchName::ref).filter(refs::containsKey),
                refs.keySet().stream()
                    .filter(name -> name.startsWith(request.branch().ref() + "/")))
            .findFirst();
    if (other.isPresent()) {
      throw new PortException(
          FailureKind.INVALID_TASK,
          ("could not check out '" + request.branch() + "' of '" + request.repository() + "': ")
              + ("the branch '" + other.get().substring("refs/heads/".length()) + "' exists there,")
              + " and Git cannot have both; name another branch");
    }
  }
}
