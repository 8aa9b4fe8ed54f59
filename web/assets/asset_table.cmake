# Writes asset_table.c: SOURCE, MADE: folders; FILES: names. The address of an asset is its
# name with ten digits of its content's SHA-256.
set(types
    css "text/css\; charset=utf-8"
    js "text/javascript\; charset=utf-8"
    json "application/json"
    svg "image/svg+xml"
    png "image/png"
    ico "image/x-icon"
    woff2 "font/woff2"
    webmanifest "application/manifest+json")

set(bytes "")
set(rows "")
set(count 0)

function(embed symbol path)
    file(SIZE ${path} size)
    set(size ${size} PARENT_SCOPE)
    string(APPEND bytes
        "__asm__(\".section .rodata\\n${symbol}: .incbin \\\"${path}\\\"\\n.previous\\n\");\n"
        "extern const char ${symbol}[] __attribute__((visibility(\"hidden\")));\n")
    set(bytes "${bytes}" PARENT_SCOPE)
endfunction()

# A variant that is not smaller than the plain bytes is left out.
function(embed_variant symbol path plain_size)
    file(SIZE ${path} size)
    set(field "{NULL, 0}" PARENT_SCOPE)
    if(size LESS plain_size)
        embed(${symbol} ${path})
        set(bytes "${bytes}" PARENT_SCOPE)
        set(field "{${symbol}, ${size}}" PARENT_SCOPE)
    endif()
endfunction()

foreach(file ${FILES})
    string(REGEX MATCH "^(.+)\\.([a-z0-9]+)$" matched ${file})
    set(stem ${CMAKE_MATCH_1})
    set(extension ${CMAKE_MATCH_2})
    list(FIND types "${extension}" at)
    if(at EQUAL -1)
        message(FATAL_ERROR "${file}: add the content type of .${extension} to "
            "web/assets/asset_table.cmake")
    endif()
    math(EXPR at "${at} + 1")
    list(GET types ${at} type)
    file(SHA256 ${SOURCE}/${file} hash)
    string(SUBSTRING ${hash} 0 10 hash)
    embed(asset_${count}_plain ${SOURCE}/${file})
    set(plain_size ${size})
    embed_variant(asset_${count}_brotli ${MADE}/${file}.br ${plain_size})
    set(brotli "${field}")
    embed_variant(asset_${count}_gzip ${MADE}/${file}.gz ${plain_size})
    set(gzip "${field}")
    string(APPEND rows
        "    {\"${file}\", \"/assets/${stem}.${hash}.${extension}\", \"${type}\",\n"
        "        {asset_${count}_plain, ${plain_size}}, ${brotli}, ${gzip}},\n")
    math(EXPR count "${count} + 1")
endforeach()

file(WRITE ${MADE}/asset_table.c
"/* Made by asset_table.cmake; do not edit. */
#include \"web/assets.h\"

${bytes}
const struct asset asset_table[] = {
${rows}};
const size_t asset_count = ${count};
")
