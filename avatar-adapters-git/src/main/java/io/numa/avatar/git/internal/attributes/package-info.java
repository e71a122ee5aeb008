/**
 * What {@code .gitattributes} and {@code .gitignore} say of a path, and what follows for line
 * endings and for files of coding agents.
 *
 * <p>Only packages of the Git adapter call it. Begin with {@link
 * io.numa.avatar.git.internal.attributes.FolderRules}.
 */
@NullMarked
package io.numa.avatar.git.internal.attributes;

import org.jspecify.annotations.NullMarked;
