package io.numa.avatar.backend.plan;

import io.numa.avatar.plan.PlanProblem;
import java.util.ArrayList;
import java.util.List;

/**
 * A place in a document, and where the rules broken in it are noted.
 *
 * @param pointer a JSON pointer (RFC 6901)
 * @param problems of the whole document, shared by all its places
 */
record Place(String pointer, List<PlanProblem> problems) {
  static Place root() {
    return new Place("", new ArrayList<>());
  }

  Place key(String name) {
    return new Place(pointer + "/" + name.replace("~", "~0").replace("/", "~1"), problems);
  }

  Place item(int index) {
    return new Place(pointer + "/" + index, problems);
  }

  void problem(String message) {
    problems.add(new PlanProblem(pointer, message));
  }
}
