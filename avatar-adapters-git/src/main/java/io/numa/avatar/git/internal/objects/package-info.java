/**
 * Git objects and packs as files: what a repository has, what a push sends, and what a broken pack
 * means.
 *
 * <p>Only packages of the Git adapter call it. Begin with {@link
 * io.numa.avatar.git.internal.objects.Packs}.
 */
@NullMarked
package io.numa.avatar.git.internal.objects;

import org.jspecify.annotations.NullMarked;
