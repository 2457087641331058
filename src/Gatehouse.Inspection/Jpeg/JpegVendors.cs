namespace Gatehouse.Inspection.Jpeg;

/// <summary>Application segments of known makers, told by the name that they begin with.</summary>
internal static class JpegVendors
{
    private static readonly (byte Code, byte[] Name)[] Known =
    [
        (0xE0, [.. "JFIF\0"u8]),
        (0xE0, [.. "JFXX\0"u8]),
        (0xE1, [.. "FLIR\0"u8]), // thermal pictures: the raw measurement in many segments
        (0xE2, [.. "FPXR\0"u8]),
        (0xE3, [.. "Meta\0"u8]),
        (0xE3, [.. "META\0"u8]),
        (0xE3, [.. "Stim\0"u8]),
        (0xE4, [.. "HPSC\0"u8]), // Hewlett-Packard's cameras
        (0xE4, [.. "SCALADO\0"u8]), // a preview, by Sony Ericsson's phones
        (0xE6, [.. "MMIMETA\0"u8]), // Motorola's phones
        (0xEB, [.. "JP"u8]), // JUMBF boxes (ISO/IEC 19566-5), as of C2PA
        (0xEB, [.. "HDR_RI"u8]),
        (0xEC, [.. "Ducky"u8]),
        (0xEC, [.. "[picture info]"u8]),
        (0xED, [.. "Adobe_CM\0"u8]),
        (0xEE, [.. "Adobe"u8]),
    ];

    public static bool Knows(byte code, ReadOnlySpan<byte> payload)
    {
        foreach (var (known, name) in Known)
        {
            if (code == known && payload.StartsWith(name))
                return true;
        }

        return false;
    }
}
