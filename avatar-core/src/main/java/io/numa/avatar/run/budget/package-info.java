/** The money that all agents of an avatar may spend together. */
@NullMarked
package io.numa.avatar.run.budget;

import org.jspecify.annotations.NullMarked;
