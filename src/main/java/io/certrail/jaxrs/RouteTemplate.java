package io.certrail.jaxrs;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Templates of routes, such as {@code /api/records/{sequence}}: the {@code @Path} of class and method, joined, without
 * the regular expressions that a parameter may carry. Annotations are inherited from superclasses and interfaces
 * (Jakarta RESTful Web Services 3.1, section 3.6; for classes servers go further than the text, and so does this).
 */
final class RouteTemplate {
    /** Stands for the part of a path that a locator matched which cannot be told from another. */
    private static final String UNKNOWN = "{…}";

    private RouteTemplate() {}

    static boolean isRoot(Class<?> resource) {
        return path(resource) != null;
    }

    /** Below the application's path. */
    static String of(Class<?> resource, Method method) {
        return join(clean(path(resource)), clean(path(method)));
    }

    /**
     * Of a sub-resource's method.
     *
     * @param matched the resources that were passed, the last first
     */
    static String through(List<Object> matched, Method method) {
        Deque<Class<?>> passed = new ArrayDeque<>();
        matched.forEach(resource -> passed.addFirst(resource instanceof Class<?> type ? type : resource.getClass()));
        String template = "";
        Class<?> parent = null;
        for (Class<?> resource : passed) {
            template = join(template, parent == null ? clean(path(resource)) : locator(parent, resource));
            parent = resource;
        }
        return join(template, clean(path(method)));
    }

    /** One path below another, with one slash between them and none at the end. */
    static String join(@Nullable String above, String below) {
        String head = above == null ? "" : strip(above);
        String tail = strip(below);
        String joined = head + (tail.isEmpty() ? "" : "/" + tail);
        return joined.startsWith("/") ? joined : "/" + joined;
    }

    private static String strip(String path) {
        int start = 0;
        int end = path.length();
        while (start < end && path.charAt(start) == '/') {
            start++;
        }
        while (end > start && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(start, end);
    }

    private static String locator(Class<?> parent, Class<?> resource) {
        List<String> found = Arrays.stream(parent.getMethods())
                .filter(method -> path(method) != null && !isHandler(method))
                .filter(method -> leadsTo(method, resource))
                .map(method -> clean(path(method)))
                .distinct()
                .toList();
        return found.size() == 1 ? found.get(0) : UNKNOWN;
    }

    private static boolean leadsTo(Method locator, Class<?> resource) {
        Class<?> type = locator.getReturnType();
        return type == Class.class || type.isAssignableFrom(resource);
    }

    private static boolean isHandler(Method method) {
        for (Method declared : hierarchy(method)) {
            for (Annotation annotation : declared.getAnnotations()) {
                if (annotation.annotationType().isAnnotationPresent(HttpMethod.class)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static @Nullable String path(Class<?> resource) {
        for (Class<?> type : hierarchy(resource)) {
            Path path = type.getAnnotation(Path.class);
            if (path != null) {
                return path.value();
            }
        }
        return null;
    }

    private static @Nullable String path(Method method) {
        for (Method declared : hierarchy(method)) {
            Path path = declared.getAnnotation(Path.class);
            if (path != null) {
                return path.value();
            }
        }
        return null;
    }

    private static List<Method> hierarchy(Method method) {
        List<Method> found = new ArrayList<>();
        for (Class<?> type : hierarchy(method.getDeclaringClass())) {
            for (Method each : type.getDeclaredMethods()) {
                if (each.getName().equals(method.getName())
                        && Arrays.equals(each.getParameterTypes(), method.getParameterTypes())) {
                    found.add(each);
                }
            }
        }
        return found;
    }

    /** The class, its superclasses, then the interfaces of all of them. */
    private static List<Class<?>> hierarchy(Class<?> type) {
        List<Class<?>> found = new ArrayList<>();
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            found.add(each);
        }
        for (int i = 0; i < found.size(); i++) {
            for (Class<?> each : found.get(i).getInterfaces()) {
                if (!found.contains(each)) {
                    found.add(each);
                }
            }
        }
        return found;
    }

    /** Without regular expressions, which may hold braces of their own. */
    private static String clean(@Nullable String path) {
        if (path == null || path.indexOf(':') < 0) {
            return path == null ? "" : path;
        }
        StringBuilder clean = new StringBuilder(path.length());
        int depth = 0;
        boolean expression = false;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            depth += c == '{' ? 1 : 0;
            depth -= c == '}' ? 1 : 0;
            expression = depth > 0 && (expression || c == ':');
            if (!expression && c != ' ') {
                clean.append(c);
            }
        }
        return clean.toString();
    }
}
