/** Decides which hosts a sandbox reaches, and at which addresses. Opens no connection. */
@NullMarked
package io.numa.avatar.egress.internal.policy;

import org.jspecify.annotations.NullMarked;
