declare module 'subset-font' {
  /** Options of the package that this project uses. */
  type Options = {
    targetFormat: 'woff2'
    noHinting?: boolean
    keepFeatures?: string[]
    dropTables?: string[]
  }
  export default function subsetFont(font: Buffer, text: string, options: Options): Promise<Buffer>
}
