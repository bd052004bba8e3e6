package io.certrail.interceptor;

import io.certrail.event.NamedValue;
import io.certrail.event.Text;
import java.lang.annotation.Annotation;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the annotations say of one method.
 *
 * @param function fully qualified name
 * @param chosen the arguments to record, in their order
 */
record AuditedMethod(String function, @Nullable String action, @Nullable String resource, List<Chosen> chosen) {
    static final String MASK = "***";

    private static final int MAX_WORDS = 256;

    /** An argument to record. */
    record Chosen(int index, String name, boolean masked) {}

    static AuditedMethod of(Method method, Class<?> target) {
        Audited audited = audited(method, target);
        return new AuditedMethod(
                method.getDeclaringClass().getName() + "." + method.getName(),
                audited == null ? null : words(audited.action()),
                audited == null ? null : words(audited.resource()),
                chosen(method.getParameters()));
    }

    private static @Nullable String words(String text) {
        return text.isBlank() ? null : Text.bounded(text, MAX_WORDS);
    }

    private static List<Chosen> chosen(Parameter[] parameters) {
        List<Chosen> chosen = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < parameters.length; i++) {
            AuditArgument annotation = parameters[i].getAnnotation(AuditArgument.class);
            if (annotation != null) {
                String name = annotation.name().isBlank() ? parameters[i].getName() : annotation.name();
                String bounded = Text.bounded(name, NamedValue.MAX_NAME - 8);
                chosen.add(new Chosen(i, names.add(bounded) ? bounded : bounded + "." + i, annotation.masked()));
            }
        }
        return List.copyOf(chosen);
    }

    /** On the method, else on the class called or one that it extends, else on a stereotype of theirs. */
    private static @Nullable Audited audited(Method method, Class<?> target) {
        Audited found = method.getAnnotation(Audited.class);
        if (found == null) {
            found = target.getAnnotation(Audited.class);
        }
        for (Class<?> type = target; found == null && type != null; type = type.getSuperclass()) {
            found = onStereotype(type);
        }
        return found;
    }

    private static @Nullable Audited onStereotype(Class<?> type) {
        for (Annotation annotation : type.getAnnotations()) {
            Audited found = annotation.annotationType().getAnnotation(Audited.class);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** The chosen ones of these arguments, as text. */
    List<NamedValue> arguments(Object @Nullable [] values) {
        if (values == null || chosen.isEmpty()) {
            return List.of();
        }
        List<NamedValue> arguments = new ArrayList<>(chosen.size());
        for (Chosen each : chosen) {
            Object value = values[each.index()];
            String text = value == null ? null : each.masked() ? MASK : text(value);
            if (text != null) {
                arguments.add(new NamedValue(each.name(), text));
            }
        }
        return arguments;
    }

    /** Primitive arrays are told by length only: they hold keys and passwords more often than anything to read. */
    private static @Nullable String text(Object value) {
        try {
            if (value instanceof Object[] array) {
                return Arrays.toString(array);
            }
            Class<?> element = value.getClass().getComponentType();
            return element == null ? String.valueOf(value) : element + "[" + Array.getLength(value) + "]";
        } catch (Throwable e) { // an error, too: what cannot be described can still be called
            return "(no text: " + e.getClass().getName() + ")";
        }
    }
}
