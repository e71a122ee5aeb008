package io.numa.avatar.server.page;

import java.util.Optional;

/**
 * A change.
 *
 * @param counts how many lines it adds and removes
 * @param html of its diff; empty if there is none
 */
record ChangeView(Optional<String> counts, Optional<String> html) {
  static ChangeView of(Optional<String> diff) {
    Optional<DiffHtml> shown = diff.filter(text -> !text.isBlank()).map(DiffHtml::of);
    return new ChangeView(
        shown.map(each -> "+" + each.added() + " −" + each.removed()), shown.map(DiffHtml::html));
  }
}
