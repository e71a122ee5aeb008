package io.numa.avatar.port.repository;

import java.util.List;

/**
 * What a person must know to apply a patch.
 *
 * @param options the options that {@code git am} needs
 * @param pointers the number of changed files whose content is in Git LFS; the patch has only their
 *     pointers
 */
public record PatchNotes(List<String> options, int pointers) {
  public PatchNotes {
    options = List.copyOf(options);
  }
}
