package io.numa.avatar.git.internal.remote;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.repository.CheckoutRequest;
import io.numa.avatar.task.FailureKind;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.jspecify.annotations.Nullable;

/** Refuses work on the branch to which a remote's HEAD points, unless the operator allows it. */
final class DefaultBranchCheck {
  /** The usual names, used if a remote does not tell: HEAD may point to nothing, or to a commit. */
  private static final Set<String> USUAL =
      Set.of(Constants.R_HEADS + "main", Constants.R_HEADS + Constants.MASTER);

  private DefaultBranchCheck() {}

  /**
   * Checks the branch before the first fetch.
   *
   * @param refs the remote's refs; must include HEAD and the branch, if they exist
   */
  static void check(CheckoutRequest request, Map<String, Ref> refs) {
    if (request.pushes() == CheckoutRequest.Pushes.ALL_BUT_DEFAULT
        && is(request.branch().ref(), refs)) {
      throw new PortException(
          FailureKind.DENIED,
          ("could not check out '" + request.branch() + "' of '" + request.repository() + "': ")
              + "it is the default branch there, to which nothing is pushed; name another branch,"
              + " or set git.allow_default_branch: true");
    }
  }

  private static boolean is(String branch, Map<String, Ref> refs) {
    Ref head = refs.get(Constants.HEAD);
    if (head != null && head.isSymbolic()) {
      return head.getTarget().getName().equals(branch);
    }
    return USUAL.contains(branch) && (head == null || at(head).equals(at(refs.get(branch))));
  }

  private static ObjectId at(@Nullable Ref ref) {
    ObjectId id = ref == null ? null : ref.getObjectId();
    return id == null ? ObjectId.zeroId() : id;
  }
}
