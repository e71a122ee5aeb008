/**
 * All rules about credentials, together for audits: which login goes to which host, over HTTP and
 * SSH, and which redirects are refused.
 *
 * <p>Only packages of the Git adapter call it. Begin with {@link
 * io.numa.avatar.git.internal.access.HostLogin}.
 */
@NullMarked
package io.numa.avatar.git.internal.access;

import org.jspecify.annotations.NullMarked;
