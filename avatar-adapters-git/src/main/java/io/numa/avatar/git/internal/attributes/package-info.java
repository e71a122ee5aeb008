/**
 * The rules of {@code .gitattributes} and {@code .gitignore} for a path, and their effect on line
 * endings and on files of coding agents.
 *
 * <p>Only packages of the Git adapter call it. Begin with {@link
 * io.numa.avatar.git.internal.attributes.FolderRules}.
 */
@NullMarked
package io.numa.avatar.git.internal.attributes;

import org.jspecify.annotations.NullMarked;
