/**
 * Git objects and packs as files: which objects a repository has, which a push sends, and how
 * broken packs are detected.
 *
 * <p>Only packages of the Git adapter call it. Begin with {@link
 * io.numa.avatar.git.internal.objects.Packs}.
 */
@NullMarked
package io.numa.avatar.git.internal.objects;

import org.jspecify.annotations.NullMarked;
